package io.octnet.saving;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.octnet.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** 2,000 damaged configurations: a model or one clear error, soon, and in little memory. */
class MutatedConfigurationsTest {
  private static final int MUTATIONS = 2000;
  private static final long MOST_BYTES = 200L << 20;

  @Test
  void aDamagedConfigurationIsAModelOrAnError() throws Exception {
    List<String> originals = new ArrayList<>();
    for (ApplicationCase c : ApplicationCase.all()) {
      String json = c.json();
      if (json.length() < 200_000) {
        originals.add(json);
      }
    }
    int models = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      RandomStream random = RandomStream.of(7, "mutation", i);
      JsonElement json = JsonParser.parseString(originals.get(i % originals.size()));
      int changes = 1 + random.nextInt(3);
      for (int k = 0; k < changes; k++) {
        mutate(json, random);
      }
      String text = json.toString();
      boolean built =
          Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> isBuilt(text));
      models += built ? 1 : 0;
      refused += built ? 0 : 1;
    }
    assertThat(models).isGreaterThan(50);
    assertThat(refused).isGreaterThan(500);
  }

  private static boolean isBuilt(String json) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean built;
    try {
      built = KerasModels.fromJson("mutated", json) != null;
    } catch (UnsupportedModelException e) {
      assertThat(e.getMessage()).startsWith("mutated: ").doesNotContain("\n");
      built = false;
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    return built;
  }

  @Test
  void whatIsNestedTooDeeplyOrReadsItselfIsRefusedByName() {
    assertRefused("[".repeat(100_000), "not JSON, or nested too deeply");
    String inner = dense("a");
    for (int i = 0; i < 40; i++) {
      inner = sequential("m" + i, inner);
    }
    assertRefused(sequential("top", inner), "nested more than");
    assertRefused(
        functional(
            "{\"class_name\":\"Dense\",\"config\":{\"name\":\"a\",\"units\":1},\"inbound_nodes\":[[[\"a\",0,0,{}]]]}"),
        "read each other in a circle");
    assertRefused(
        functional(
            "{\"class_name\":\"Dense\",\"config\":{\"name\":\"a\",\"units\":1},\"inbound_nodes\":[[[\"b\",0,0,{}]]]}"),
        "'b' is read, but not there");
    assertRefused(
        sequential("top", "{\"class_name\":\"Lambda\",\"config\":{\"name\":\"f\"}}"),
        "layer 'f' (Lambda): holds Python code");
    assertRefused(
        sequential("top", "{\"class_name\":\"LSTM\",\"config\":{\"name\":\"l\",\"units\":3}}"),
        "layer 'l' (LSTM): recurrent layers");
    assertRefused(
        sequential(
            "top",
            "{\"class_name\":\"Mine\",\"module\":\"my.code\",\"config\":{\"name\":\"l\",\"units\":3}}"),
        "layer 'l' (Mine): is a class of my.code, not of Keras");
    assertRefused(
        sequential(
            "top",
            "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":1000000000}},"
                + dense("e").replace("\"units\":1", "\"units\":1000000000")),
        "layer 'd' (Dense)");
    assertRefused(
        sequential(
            "top", "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":1,\"new\":2}}"),
        "layer 'd' (Dense): the attribute new (2) is not known here");
  }

  private static void assertRefused(String json, String why) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            org.assertj.core.api.Assertions.assertThatThrownBy(
                    () -> KerasModels.fromJson("x", json))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(why));
  }

  private static String dense(String name) {
    return "{\"class_name\":\"Dense\",\"config\":{\"name\":\"" + name + "\",\"units\":1}}";
  }

  private static String sequential(String name, String layers) {
    return "{\"class_name\":\"Sequential\",\"config\":{\"name\":\""
        + name
        + "\",\"build_input_shape\":[null,3],\"layers\":["
        + layers
        + "]}}";
  }

  private static String functional(String layer) {
    return "{\"class_name\":\"Functional\",\"config\":{\"name\":\"f\",\"layers\":["
        + "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"in\",\"batch_shape\":[null,3]},"
        + "\"inbound_nodes\":[]},"
        + layer
        + "],\"input_layers\":[[\"in\",0,0]],\"output_layers\":[[\"a\",0,0]]}}";
  }

  // ---- mutations

  private static void mutate(JsonElement json, RandomStream random) {
    JsonElement at = json;
    for (int depth = random.nextInt(9) + 1; depth > 0; depth--) {
      JsonElement next = child(at, random);
      if (next == null || !next.isJsonObject() && !next.isJsonArray()) {
        break;
      }
      at = next;
    }
    if (at.isJsonObject() && !at.getAsJsonObject().isEmpty()) {
      JsonObject object = at.getAsJsonObject();
      String key = List.copyOf(object.keySet()).get(random.nextInt(object.size()));
      if (random.nextInt(5) == 0) {
        object.remove(key);
      } else {
        object.add(key, value(object.get(key), random));
      }
    } else if (at.isJsonArray() && !at.getAsJsonArray().isEmpty()) {
      JsonArray array = at.getAsJsonArray();
      int place = random.nextInt(array.size());
      if (random.nextInt(5) == 0) {
        array.remove(place);
      } else {
        array.set(place, value(array.get(random.nextInt(array.size())), random));
      }
    }
  }

  private static JsonElement child(JsonElement at, RandomStream random) {
    if (at.isJsonObject() && !at.getAsJsonObject().isEmpty()) {
      JsonObject object = at.getAsJsonObject();
      return object.has("layers") || object.has("config") && random.nextInt(3) > 0
          ? object.get(object.has("layers") ? "layers" : "config")
          : object.get(List.copyOf(object.keySet()).get(random.nextInt(object.size())));
    }
    return at.isJsonArray() && !at.getAsJsonArray().isEmpty()
        ? at.getAsJsonArray().get(random.nextInt(at.getAsJsonArray().size()))
        : null;
  }

  private static JsonElement value(JsonElement before, RandomStream random) {
    return switch (random.nextInt(12)) {
      case 0 -> new JsonPrimitive(1_000_000_000);
      case 1 -> new JsonPrimitive(-1);
      case 2 -> new JsonPrimitive(0);
      case 3 -> new JsonPrimitive(1e300);
      case 4 -> new JsonPrimitive("x".repeat(random.nextInt(2000)));
      case 5 -> JsonNull.INSTANCE;
      case 6 -> new JsonArray();
      case 7 -> new JsonObject();
      case 8 -> new JsonPrimitive(true);
      case 9 -> new JsonPrimitive(random.nextInt(7));
      case 10 -> new JsonPrimitive(new java.math.BigDecimal("1e999999999"));
      default -> before;
    };
  }
}
