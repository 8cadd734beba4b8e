package io.octnet.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

/** Where the application begins, in the JVM that the launcher chose. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // 0.93, never 0,93
    Interrupts.install();
    PrintWriter out = writer(FileDescriptor.out, System.out.charset());
    PrintWriter err = writer(FileDescriptor.err, System.err.charset());
    Logging.configure(Arguments.verbose(args));
    VectorModule.load(err);
    Console console = new Console(out, err, Terminal.ofStderr());
    int code = new Octnet(console, System.getenv()).run(args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintWriter writer(FileDescriptor stream, Charset charset) {
    return new PrintWriter(new FileOutputStream(stream), true, charset);
  }
}
