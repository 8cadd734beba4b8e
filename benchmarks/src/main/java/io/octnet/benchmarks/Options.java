package io.octnet.benchmarks;

import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a benchmark: flags, names with a value after them, and what is left. */
public final class Options {
  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> rest = new ArrayList<>();

  /**
   * Reads a command line.
   *
   * @param flags known names that stand alone, separated by spaces
   * @param valued known names that a value follows
   * @throws IllegalArgumentException for an unknown name, or one without its value
   */
  public static Options of(String[] arguments, String flags, String valued) {
    Options options = new Options();
    Set<String> alone = Set.of(flags.split(" "));
    Set<String> withValue = Set.of(valued.split(" "));
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      if (alone.contains(name)) {
        options.flags.add(name);
      } else if (withValue.contains(name) && i + 1 < arguments.length) {
        options.values.put(name, arguments[++i]);
      } else if (name.startsWith("--")) {
        throw new IllegalArgumentException(
            withValue.contains(name)
                ? name + " needs a value"
                : Text.format(
                    "unknown option %s; known are %s", name, (flags + " " + valued).strip()));
      } else {
        options.rest.add(name);
      }
    }
    return options;
  }

  /** Whether a flag was given. */
  public boolean has(String flag) {
    return flags.contains(flag);
  }

  /** What follows a name, or what holds without it. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The same as a number, at least 1. */
  public int number(String name, int otherwise) {
    String text = values.get(name);
    if (text != null && !text.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          Text.format("%s needs a whole number of at least 1, received '%s'", name, text));
    }
    return text == null ? otherwise : Integer.parseInt(text);
  }

  /** The folder of {@code --out}; null without. */
  public Path out() {
    return values.containsKey("--out") ? Path.of(values.get("--out")) : null;
  }

  /** What is neither. */
  public List<String> rest() {
    return rest;
  }
}
