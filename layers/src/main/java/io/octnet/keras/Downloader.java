package io.octnet.keras;

import io.octnet.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Downloads a file into a partial one beside it, goes on where an earlier attempt stopped, and
 * renames it once its checksum is right.
 */
public final class Downloader {
  private static final int BUFFER = 1 << 16;

  private final Duration connectTimeout;

  /** A downloader that waits 20 seconds for a server. */
  public Downloader() {
    this(Duration.ofSeconds(20));
  }

  Downloader(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** Is told how far a download is. */
  @FunctionalInterface
  public interface Progress {
    /** Tells nobody. */
    Progress NONE = (_, _) -> {};

    /**
     * So many bytes are there.
     *
     * @param total the bytes of the whole file; -1 if the server does not say
     */
    void report(long done, long total);
  }

  /**
   * Downloads a file with a known MD5.
   *
   * @throws IOException as {@link #download(URI, Path, String, String, Progress)}
   */
  public void download(URI uri, Path file, String md5, Progress progress) throws IOException {
    download(uri, file, "MD5", md5, progress);
  }

  /**
   * Downloads a file.
   *
   * @param algorithm of the checksum: MD5 or SHA-256
   * @param expected the checksum that it must have, in hex
   * @throws IOException if it cannot be had; what was received stays for the next attempt, unless
   *     it is wrong
   */
  public void download(URI uri, Path file, String algorithm, String expected, Progress progress)
      throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    long present = Files.exists(partial) ? Files.size(partial) : 0;
    try (HttpClient client = client()) {
      HttpResponse<InputStream> response = request(client, uri, present);
      if (response.statusCode() == 416) { // nothing is left to send, or the server's file changed
        response.body().close();
        Files.delete(partial);
        present = 0;
        response = request(client, uri, 0);
      }
      try (InputStream body = response.body()) {
        int status = response.statusCode();
        if (status != 200 && status != 206) {
          throw new IOException("the server answered " + status + " for " + uri);
        }
        long start = status == 206 ? present : 0; // 200: the whole file, whatever was asked
        receive(body, partial, start, total(response, start), progress);
      }
    }
    String actual = KnownFiles.digest(partial, algorithm);
    if (!actual.equals(expected)) {
      Files.delete(partial);
      throw new IOException(
          Text.format("what was received has %s %s, expected %s", algorithm, actual, expected));
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a short text.
   *
   * @param most bytes that it may have
   * @throws IOException if it cannot be had, or is longer
   */
  public String text(URI uri, int most) throws IOException {
    try (HttpClient client = client();
        InputStream body = request(client, uri, 0).body()) {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(uri + " is longer than " + most + " bytes");
      }
      return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(connectTimeout)
        .build();
  }

  private HttpResponse<InputStream> request(HttpClient client, URI uri, long from)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2));
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new IOException("no connection to " + uri.getHost(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static long total(HttpResponse<?> response, long start) {
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    return length < 0 ? -1 : start + length;
  }

  private static void receive(
      InputStream body, Path partial, long start, long total, Progress progress)
      throws IOException {
    StandardOpenOption how =
        start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    long done = start;
    try (OutputStream out =
        Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        out.write(buffer, 0, count);
        done += count;
        progress.report(done, total);
      }
    }
    if (total >= 0 && done < total) {
      throw new IOException(Text.format("the connection ended at %d of %d bytes", done, total));
    }
  }
}
