package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.octnet.keras.KnownFiles.KnownFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFinderTest {
  @TempDir Path folder;

  private final byte[] content = new byte[200_003];
  private final List<String> ranges = new ArrayList<>();
  private boolean knowsRanges = true;
  private int sendsAtMost = Integer.MAX_VALUE;
  private HttpServer server;
  private String md5;

  @BeforeEach
  void start() throws IOException {
    new Random(31).nextBytes(content);
    Path file = folder.resolve("original");
    Files.write(file, content);
    md5 = KnownFiles.md5(file);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/w.h5", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range);
      int from = 0;
      if (range != null && knowsRanges) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
      }
      if (from >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      int to = (int) Math.min(content.length, (long) from + sendsAtMost);
      exchange.getResponseBody().write(content, from, to - from);
      exchange.getResponseBody().flush();
    } catch (IOException e) {
      // the exchange is closed before all that was promised is sent: the point of a test
    }
  }

  @Test
  void whatIsMissingIsDownloadedWithProgress() throws IOException {
    List<Long> progress = new ArrayList<>();
    Path file =
        finder()
            .find(
                known(uri(), md5),
                (done, total) -> {
                  assertThat(total).isEqualTo(content.length);
                  progress.add(done);
                });
    assertThat(file).isEqualTo(folder.resolve("cache/w.h5")).hasBinaryContent(content);
    assertThat(progress).isSorted().last().isEqualTo((long) content.length);
    assertThat(folder.resolve("cache")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
    sendsAtMost = 70_001;
    assertThatThrownBy(() -> finder().find(known(uri(), md5), Downloader.Progress.NONE))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining(md5);
    Path partial = folder.resolve("cache/w.h5.part");
    assertThat(partial).exists();
    long received = Files.size(partial);
    sendsAtMost = Integer.MAX_VALUE;
    Path file = finder().find(known(uri(), md5), Downloader.Progress.NONE);
    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly(null, received == 0 ? null : "bytes=" + received + "-");
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFileAgain() throws IOException {
    knowsRanges = false;
    put("w.h5.part", Arrays.copyOf(content, 1000));
    Path file = finder().find(known(uri(), md5), Downloader.Progress.NONE);
    assertThat(file).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=1000-");
  }

  @Test
  void aPartialFileThatIsTooLongIsStartedAgain() throws IOException {
    put("w.h5.part", new byte[content.length + 10]);
    assertThat(finder().find(known(uri(), md5), Downloader.Progress.NONE))
        .hasBinaryContent(content);
  }

  @Test
  void whatHasAnotherChecksumIsNotKept() throws IOException {
    assertThatThrownBy(() -> finder().find(known(uri(), "0".repeat(32)), Downloader.Progress.NONE))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("what was received has MD5 " + md5);
    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void withoutANetworkOneLineSaysWhichFileAndWhereToPutIt() {
    server.stop(0);
    KnownFile wanted = known(uri(), md5);
    assertThatThrownBy(() -> finder().find(wanted, Downloader.Progress.NONE))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("w.h5")
        .hasMessageContaining(md5)
        .hasMessageContaining(folder.resolve("cache").toString())
        .hasMessageContaining("--weights")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aMissingFileOnTheServerIsSaid() {
    KnownFile wanted = known(uri().resolve("/other.h5"), md5);
    assertThatThrownBy(() -> finder().find(wanted, Downloader.Progress.NONE))
        .hasMessageContaining("404");
  }

  @Test
  void aFileInTheCacheWithAnotherChecksumIsNamedAndLeftAlone() throws IOException {
    KnownFile vgg16 = KnownFiles.of("vgg16", false).orElseThrow();
    put(vgg16.fileName(), content);
    assertThatThrownBy(() -> finder().cached(vgg16))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining(vgg16.fileName())
        .hasMessageContaining(md5)
        .hasMessageContaining(vgg16.md5());
    assertThat(folder.resolve("cache").resolve(vgg16.fileName())).exists();
    assertThat(finder().cached(KnownFiles.of("vgg16", true).orElseThrow())).isEmpty();
  }

  @Test
  void everyOfficialFileIsFoundByItsChecksumAlone() {
    assertThat(KnownFiles.all()).hasSize(8);
    for (KnownFile file : KnownFiles.all()) {
      assertThat(KnownFiles.withMd5(file.md5())).contains(file);
      assertThat(file.uri().toString()).endsWith("/" + file.fileName());
      assertThat(file.md5()).matches("[0-9a-f]{32}");
    }
    assertThat(KnownFiles.of("resnet50", false).orElseThrow().md5())
        .isEqualTo("4d473c1dd8becc155b73f8504c6f6626");
    assertThat(KnownFiles.of("cnn3", false)).isEmpty();
  }

  private void put(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve("cache"));
    Files.write(folder.resolve("cache").resolve(name), bytes);
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w.h5");
  }

  private static KnownFile known(URI uri, String md5) {
    return new KnownFile("test", false, true, "w.h5", md5, 0, uri);
  }

  private WeightFinder finder() {
    return new WeightFinder(folder.resolve("cache"), new Downloader(Duration.ofSeconds(2)));
  }
}
