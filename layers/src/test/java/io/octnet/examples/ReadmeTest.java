package io.octnet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example is a program that the build compiles and runs. */
class ReadmeTest {
  @Test
  void theExampleOfTheReadmeIsThisProgram() throws IOException {
    Path source = Path.of("src/test/java/io/octnet/examples/Stripes.java");
    String program = Files.readString(source).replaceFirst("package .*;\\s+", "");
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + program + "```");
  }

  @Test
  void theExampleLearns() {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      Stripes.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("accuracy=1.0", "upright: 0.9");
  }
}
