package io.octnet.launcher;

/** Starts the application. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] args) {
    System.out.println(args.length);
  }
}
