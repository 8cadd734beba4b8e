package io.octnet.runs;

import io.octnet.UserException;
import io.octnet.text.Text;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Settings by name in a file: YAML, or properties where the name ends in {@code .properties}.
 * Nothing but names and plain values is read, whatever else YAML can say.
 */
public final class ConfigFile {
  private static final long LONGEST = 1 << 20;
  private static final String EXPECTED = "; expected lines such as 'batch-size: 32'";

  private ConfigFile() {}

  /**
   * Reads a file; a list becomes a text with commas, a name without a value is left out.
   *
   * @throws UserException when it cannot be read or says more than names and plain values
   */
  public static Map<String, String> read(Path file) {
    String text = text(file);
    boolean properties = file.toString().toLowerCase(Locale.ROOT).endsWith(".properties");
    return properties ? properties(file, text) : yaml(file, text);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UserException(file + " is longer than 1 MiB: no configuration" + EXPECTED);
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserException(file + " is not UTF-8 text" + EXPECTED, e);
    } catch (IOException e) {
      String reason = Files.exists(file) ? "it cannot be read" : "there is no such file";
      throw new UserException("configuration " + file + ": " + reason + "; check --config", e);
    }
  }

  private static Map<String, String> properties(Path file, String text) {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(text)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(file + " is no properties file: " + e.getMessage(), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static Map<String, String> yaml(Path file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setMaxAliasesForCollections(0).build();
    Object document;
    try {
      document = new Load(settings).loadFromString(text);
    } catch (YamlEngineException | StackOverflowError e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserException(file + " is no YAML file: " + message + EXPECTED, e);
    }
    if (document == null) {
      return Map.of();
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new UserException(file + " holds no names with values" + EXPECTED);
    }
    Map<String, String> values = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (value != null) {
            values.put(name, plain(file, name, value));
          }
        });
    return values;
  }

  private static String plain(Path file, String name, Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(item -> plain(file, name, item)).collect(Collectors.joining(","));
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new UserException(
        Text.format("%s: %s is %s; expected a plain value", file, name, describe(value)));
  }

  private static String describe(Object value) {
    return value instanceof Map ? "a group of values" : "no plain value";
  }

  /** The text of a YAML file; null values are left out. */
  public static String yaml(Map<String, ?> values) {
    Map<String, Object> present = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            present.put(key, value);
          }
        });
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(10_000).build();
    return new Dump(settings).dumpToString(present);
  }
}
