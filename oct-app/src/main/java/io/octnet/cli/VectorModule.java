package io.octnet.cli;

/**
 * Loads {@code jdk.incubator.vector} where the JVM was started without {@code --add-modules}: with
 * it the JVM prints a warning on every start, which no option turns off. The launcher's {@code
 * -XX:+EnableVectorSupport} sees to it that code of the module is compiled alike in both cases.
 */
final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  static void load(Console console) {
    if (ModuleLayer.boot().findModule(NAME).isPresent()) {
      return;
    }
    try {
      Class.forName("jdk.internal.module.Modules")
          .getMethod("loadModule", String.class)
          .invoke(null, NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      console.line(
          "octnet: this Java ("
              + Runtime.version()
              + ") does not load the module "
              + NAME
              + " by itself; computing goes on without SIMD. For SIMD set OCTNET_JAVA_OPTS to"
              + " --add-modules="
              + NAME);
    }
  }
}
