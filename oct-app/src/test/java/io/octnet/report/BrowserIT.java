package io.octnet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: {@code mvn -P browser verify}; skipped where none is installed. */
@Tag("browser")
class BrowserIT {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  @TempDir Path folder;

  private static Path browser() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":")).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  @Test
  @Timeout(120)
  void aCellOpensItsScansAndTheConsoleStaysSilent() throws Exception {
    Path browser = browser();
    assumeTrue(browser != null, "skipped: no Chromium on the PATH, one of " + NAMES);
    String jar = System.getProperty("octnet.jar");
    assumeTrue(jar != null, "runs once the jar is built: mvn -P browser verify");
    Path report = train(jar);
    try (DevTools page = DevTools.open(browser, folder.resolve("profile"), report)) {
      assertThat(page.evaluate("document.querySelectorAll('.gallery:target').length"))
          .isEqualTo("0");
      page.evaluate("document.querySelector('.matrix td a').click()");

      assertThat(page.evaluate("document.querySelectorAll('.gallery:target').length"))
          .isEqualTo("1");
      assertThat(
              page.evaluate(
                  "Promise.all([...document.querySelectorAll('.gallery:target img')].map(i =>"
                      + " i.decode().then(() => i.naturalWidth > 0))).then(a =>"
                      + " a.length > 1 && a.every(Boolean))"))
          .isEqualTo("true");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .as("nothing sticks out at 360 px")
          .isEqualTo("true");
      assertThat(page.complaints()).isEmpty();
    }
  }

  private Path train(String jar) throws Exception {
    Path out = folder.resolve("runs");
    Process training =
        new ProcessBuilder(
                List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-jar",
                    jar,
                    "train",
                    "--out",
                    out.toString(),
                    "--epochs",
                    "1",
                    "--image-size",
                    "32",
                    "--limit",
                    "120"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(training.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
    return out.resolve("train-cnn3-1/report.html");
  }
}
