package io.octnet.report;

import io.octnet.runs.History;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file: TFRecords of the protocol buffer {@code Event}, the first with the
 * version, then a scalar each.
 *
 * <p>A record is {@code length (8 bytes), masked CRC-32C of it (4), data, masked CRC-32C of it
 * (4)}, little-endian; the mask is {@code (crc >>> 15 | crc << 17) + 0xa282ead8} (TensorFlow,
 * {@code record_writer.cc}). Times are the seconds trained so far, so that the file depends on the
 * training alone.
 */
final class EventFile {
  static final String NAME = "events.out.tfevents.0.octnet";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private EventFile() {}

  /** The bytes of the file. */
  static byte[] of(History history) {
    EventFile file = new EventFile();
    file.event(0, 0, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    double seconds = 0;
    for (History.Epoch epoch : history.epochs()) {
      seconds += Double.isFinite(epoch.seconds()) ? epoch.seconds() : 0;
      file.epoch(seconds, epoch);
    }
    return file.out.toByteArray();
  }

  /** What the last epoch adds to the file of those before it. */
  static byte[] last(History history) {
    EventFile file = new EventFile();
    double seconds = 0; // added in the same order, to the same bits
    for (History.Epoch epoch : history.epochs()) {
      seconds += Double.isFinite(epoch.seconds()) ? epoch.seconds() : 0;
    }
    file.epoch(seconds, history.epochs().getLast());
    return file.out.toByteArray();
  }

  private void epoch(double seconds, History.Epoch epoch) {
    scalar(seconds, epoch.epoch(), "loss/train", epoch.loss());
    scalar(seconds, epoch.epoch(), "loss/validation", epoch.valLoss());
    scalar(seconds, epoch.epoch(), "accuracy/train", epoch.accuracy());
    scalar(seconds, epoch.epoch(), "accuracy/validation", epoch.valAccuracy());
    scalar(seconds, epoch.epoch(), "learning_rate", epoch.learningRate());
  }

  /** {@code Event{summary{value{tag, simple_value}}}}; what is not known is left out. */
  private void scalar(double seconds, int step, String tag, double number) {
    if (Double.isNaN(number)) {
      return;
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    bytes(value, 1, tag.getBytes(StandardCharsets.UTF_8));
    value.write(2 << 3 | 5); // simple_value: 32 bits
    value.writeBytes(little(4).putFloat((float) number).array());
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    bytes(summary, 1, value.toByteArray());
    event(seconds, step, 5, summary.toByteArray());
  }

  /** {@code Event{wall_time = 1, step = 2, field}}. */
  private void event(double seconds, int step, int field, byte[] content) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.write(1 << 3 | 1); // wall_time: 64 bits
    event.writeBytes(little(8).putDouble(seconds).array());
    event.write(2 << 3); // step: a varint
    varint(event, step);
    bytes(event, field, content);
    record(event.toByteArray());
  }

  private static void bytes(ByteArrayOutputStream to, int field, byte[] content) {
    to.write(field << 3 | 2); // with its length before it
    varint(to, content.length);
    to.writeBytes(content);
  }

  private static void varint(ByteArrayOutputStream to, int value) {
    int rest = value;
    while (rest > 0x7f) {
      to.write(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    to.write(rest);
  }

  private void record(byte[] data) {
    byte[] length = little(8).putLong(data.length).array();
    out.writeBytes(length);
    out.writeBytes(little(4).putInt(maskedCrc(length)).array());
    out.writeBytes(data);
    out.writeBytes(little(4).putInt(maskedCrc(data)).array());
  }

  static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
