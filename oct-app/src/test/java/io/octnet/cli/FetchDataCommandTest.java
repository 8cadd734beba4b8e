package io.octnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.octnet.text.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the test's own, which answers as the publisher does. */
class FetchDataCommandTest {
  private static final byte[] SCANS = "many scans".getBytes(UTF_8);

  @TempDir Path folder;

  private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page = pages.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
          if (page != null) {
            exchange.getResponseBody().write(page);
          }
          exchange.close();
        });
    server.start();
    pages.put("/scans", SCANS);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private Cli.Result fetch(String name, String sha256) {
    String listing =
        Text.format(
            """
        [{"filename": "ChestXRay.zip", "content_details": {}},
         {"filename": "%s", "content_details": {"download_url": "%s", "sha256_hash": "%s"}}]
        """,
            name, url("/scans"), sha256);
    return list(listing);
  }

  private Cli.Result list(String listing) {
    pages.put("/list", listing.getBytes(UTF_8));
    return Cli.run("fetch-data", "--out", folder.resolve("to"), "--listing", url("/list"));
  }

  private static String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(SCANS));
  }

  @Test
  void downloadsTheScansAndNothingElse() throws Exception {
    Cli.Result result = fetch("OCT2017.tar.gz", sha256());

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().strip()).isEqualTo(folder.resolve("to/OCT2017.tar.gz").toString());
    assertThat(folder.resolve("to/OCT2017.tar.gz")).hasBinaryContent(SCANS);
    assertThat(folder.resolve("to").toFile().list()).hasSize(1);
    pages.remove("/scans"); // what is there is not fetched again
    assertThat(fetch("OCT2017.tar.gz", sha256()).code()).isZero();
  }

  @Test
  void aWrongFileThatIsThereAlreadyIsRefusedAndLeftAlone() throws Exception {
    Path wrong = Files.createDirectories(folder.resolve("to")).resolve("OCT2017.tar.gz");
    Files.writeString(wrong, "something else");

    Cli.Result result = fetch("OCT2017.tar.gz", sha256());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.complaint())
        .contains(wrong + " is there already", sha256(), "move it away")
        .hasLineCount(1);
    assertThat(wrong).hasContent("something else");
  }

  @Test
  void whatHasAnotherChecksumIsNotKept() {
    Cli.Result result = fetch("OCT2017.tar.gz", "00");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.complaint()).contains("SHA-256", "by hand").hasLineCount(1);
    assertThat(folder.resolve("to").toFile().list()).isEmpty();
  }

  @Test
  void aListingThatIsHostileOrNoneIsOneLine() throws Exception {
    for (String name : new String[] {"../OCT.zip", "/etc/OCT", ".OCT", "OCT 1"}) {
      assertThat(fetch(name, sha256()).complaint()).contains("not as expected").hasLineCount(1);
    }
    for (String listing : new String[] {"", "{}", "[1]", "[{}]", "<html>", "[".repeat(9999)}) {
      Cli.Result result = list(listing);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.complaint()).contains("by hand from https://doi.org").hasLineCount(1);
    }
    assertThat(list("[]").complaint()).contains("has no OCT scans");
    assertThat(Files.exists(folder.resolve("to"))).isFalse();
  }

  @Test
  void withoutANetworkItSaysWhatToPutWhere() {
    server.stop(0);
    Cli.Result result = Cli.run("fetch-data", "--out", "here", "--listing", url("/list"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.complaint())
        .contains("no connection to 127.0.0.1", "CNV, DME, DRUSEN and NORMAL into here")
        .hasLineCount(1);
    assertThat(Path.of("here")).doesNotExist();
  }
}
