package io.octnet.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.runs.History;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventFileTest {
  private static final History TWO_EPOCHS =
      new History(
          List.of(
              new History.Epoch(1, 1.5, 0.25, 1.25, 0.5, 0.001, 2, 100),
              new History.Epoch(300, 0.5, 0.75, Double.NaN, Double.NaN, 0.0002, 3, 100)));

  /** RFC 3720 gives CRC-32C of 32 zero bytes as 0x8a9136aa; the mask is TensorFlow's. */
  @Test
  void theChecksumIsTheMaskedCrc32c() {
    int crc = 0x8a9136aa;
    assertThat(EventFile.maskedCrc(new byte[32])).isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
  }

  @Test
  void aReaderFindsTheVersionAndAScalarForEachKnownNumber() {
    List<String> events = read(EventFile.of(TWO_EPOCHS));

    assertThat(events)
        .containsExactly(
            "0.0 0 brain.Event:2",
            "2.0 1 loss/train 1.5",
            "2.0 1 loss/validation 1.25",
            "2.0 1 accuracy/train 0.25",
            "2.0 1 accuracy/validation 0.5",
            "2.0 1 learning_rate 0.001",
            "5.0 300 loss/train 0.5",
            "5.0 300 accuracy/train 0.75",
            "5.0 300 learning_rate 2.0E-4");
  }

  /** Reads records as TFRecord says, then the few fields of Event by their tags. */
  private static List<String> read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<String> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(EventFile.maskedCrc(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(EventFile.maskedCrc(data));
      events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
    }
    return events;
  }

  private static String event(ByteBuffer in) {
    assertThat(in.get()).isEqualTo((byte) 0x09);
    double time = in.getDouble();
    assertThat(in.get()).isEqualTo((byte) 0x10);
    int step = varint(in);
    byte tag = in.get();
    ByteBuffer content = part(in);
    assertThat(in.hasRemaining()).isFalse();
    if (tag == 0x1a) {
      return time + " " + step + " " + text(content);
    }
    assertThat(tag).isEqualTo((byte) 0x2a);
    assertThat(content.get()).isEqualTo((byte) 0x0a);
    ByteBuffer value = part(content);
    assertThat(value.get()).isEqualTo((byte) 0x0a);
    String name = text(part(value));
    assertThat(value.get()).isEqualTo((byte) 0x15);
    return time + " " + step + " " + name + " " + value.getFloat();
  }

  private static ByteBuffer part(ByteBuffer in) {
    int length = varint(in);
    ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return part;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static int varint(ByteBuffer in) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
