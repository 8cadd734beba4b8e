package io.octnet.report;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page in a headless Chromium, driven by its DevTools protocol. */
final class DevTools implements AutoCloseable {
  private final Process browser;
  private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private WebSocket socket;
  private int last;

  private DevTools(Process browser) {
    this.browser = browser;
  }

  /** Opens a file in a window of 360 pixels. */
  static DevTools open(Path program, Path profile, Path file) throws Exception {
    Process browser =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--window-size=360,800",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling("browser.log").toFile())
            .start();
    DevTools page = new DevTools(browser);
    page.connect(profile.resolve("DevToolsActivePort"));
    page.call("Runtime.enable", Map.of());
    page.call("Log.enable", Map.of());
    page.call("Page.enable", Map.of());
    page.call("Page.navigate", Map.of("url", file.toUri().toString()));
    while (!page.evaluate("document.readyState + location.protocol").equals("completefile:")) {
      Thread.sleep(50);
    }
    return page;
  }

  private void connect(Path portFile) throws Exception {
    while (!Files.exists(portFile) || Files.readAllLines(portFile).isEmpty()) {
      if (!browser.isAlive()) {
        throw new IOException("the browser ended with exit code " + browser.exitValue());
      }
      Thread.sleep(50);
    }
    String port = Files.readAllLines(portFile).getFirst();
    HttpClient http = HttpClient.newHttpClient();
    String targets =
        http.send(
                java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/json/list"))
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString())
            .body();
    String url =
        JsonParser.parseString(targets)
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .get("webSocketDebuggerUrl")
            .getAsString();
    socket = http.newWebSocketBuilder().buildAsync(URI.create(url), new Listener()).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        receive(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }
  }

  private void receive(JsonObject message) {
    if (message.has("id")) {
      answers.add(message);
      return;
    }
    switch (message.get("method").getAsString()) {
      case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(message.get("params").toString());
      default -> {}
    }
  }

  private JsonObject call(String method, Map<String, ?> parameters) throws Exception {
    int id = ++last;
    String text = new Gson().toJson(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    JsonObject answer = answers.poll(30, TimeUnit.SECONDS);
    if (answer == null || answer.get("id").getAsInt() != id || answer.has("error")) {
      throw new IOException(method + " was answered by " + answer);
    }
    return answer.getAsJsonObject("result");
  }

  /** The value of an expression, or of its promise, as text. */
  String evaluate(String expression) throws Exception {
    JsonObject result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    JsonObject value = result.getAsJsonObject("result");
    return value.has("value") ? value.get("value").getAsString() : value.get("type").getAsString();
  }

  /** What the console and the log received. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() throws InterruptedException {
    socket.abort();
    browser.descendants().forEach(ProcessHandle::destroyForcibly);
    browser.destroyForcibly().waitFor();
  }
}
