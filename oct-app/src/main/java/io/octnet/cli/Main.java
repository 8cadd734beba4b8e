package io.octnet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Locale;

/** Where the application begins, in the JVM that the launcher chose. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // 0.93, never 0,93
    Interrupts.install();
    Writer out = writer(FileDescriptor.out, System.out.charset());
    Writer err = writer(FileDescriptor.err, System.err.charset());
    Console console = new Console(out, err, Terminal.ofStderr());
    Logging.configure(Arguments.verbose(args));
    VectorModule.load(console);
    System.exit(new Octnet(console, System.getenv()).run(args));
  }

  private static Writer writer(FileDescriptor stream, Charset charset) {
    return new OutputStreamWriter(new FileOutputStream(stream), charset);
  }
}
