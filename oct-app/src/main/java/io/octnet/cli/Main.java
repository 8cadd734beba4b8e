package io.octnet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

/** Where the application begins, in the JVM that the launcher chose. */
public final class Main {
  /** Set where the launcher percent-encoded the arguments, for the sake of locales. */
  private static final String ENCODED = "octnet.encoded";

  private Main() {}

  public static void main(String[] given) {
    String[] args = Boolean.getBoolean(ENCODED) ? decoded(given) : given;
    Locale.setDefault(Locale.ROOT); // 0.93, never 0,93
    Interrupts.install();
    Writer out = writer(FileDescriptor.out, System.out.charset());
    Writer err = writer(FileDescriptor.err, System.err.charset());
    Console console = new Console(out, err, Terminal.ofStderr());
    Logging.configure();
    VectorModule.load(console);
    System.exit(new Octnet(console, System.getenv()).run(args));
  }

  private static Writer writer(FileDescriptor stream, Charset charset) {
    return new OutputStreamWriter(new FileOutputStream(stream), charset);
  }

  private static String[] decoded(String[] args) {
    return Stream.of(args)
        .map(argument -> URLDecoder.decode(argument, StandardCharsets.UTF_8))
        .toArray(String[]::new);
  }
}
