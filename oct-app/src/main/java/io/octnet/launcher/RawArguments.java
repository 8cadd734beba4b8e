package io.octnet.launcher;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments as they were typed. Where the locale is not there, or knows ASCII alone, Java
 * decodes {@code größer} to {@code gr????er}, and would encode it so for the application: so they
 * are read from the system again, as UTF-8, and handed on in ASCII.
 */
final class RawArguments {
  private RawArguments() {}

  /** What the process was started with in the place of these arguments. */
  static List<String> of(String[] args) {
    try {
      return of(args, Files.readAllBytes(Paths.get("/proc/self/cmdline")));
    } catch (IOException | SecurityException e) {
      return Arrays.asList(args); // not Linux
    }
  }

  /**
   * The last words of a command line, if they are these arguments.
   *
   * @param commandLine words, each ended by a zero byte
   */
  static List<String> of(String[] args, byte[] commandLine) {
    String[] words = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
    int first = words.length - 1 - args.length; // after the last zero there is nothing
    if (first < 0) {
      return Arrays.asList(args);
    }
    List<String> raw = Arrays.asList(words).subList(first, words.length - 1);
    for (int i = 0; i < args.length; i++) {
      if (isAscii(raw.get(i)) && !raw.get(i).equals(args[i])) {
        return Arrays.asList(args); // they came from somewhere else: a file of arguments
      }
    }
    return raw;
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Percent-encoded, which every locale can hand on. */
  static List<String> inAscii(List<String> arguments) {
    List<String> encoded = new ArrayList<>();
    for (String argument : arguments) {
      try {
        encoded.add(URLEncoder.encode(argument, "UTF-8"));
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException(e); // every Java has UTF-8
      }
    }
    return encoded;
  }
}
