package io.octnet.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The pages, each one file that needs nothing else and runs nothing. Their markup is in {@code
 * src/main/jte}, translated at build time; every value in it is escaped for its place.
 */
final class Pages {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName());

  private Pages() {}

  /**
   * The text of a page, or of a part of one.
   *
   * @param template its file, without the extension
   * @param model its one parameter
   */
  static String render(String template, Object model) {
    StringOutput page = new StringOutput();
    ENGINE.render(template + ".jte", model, page);
    return page.toString().strip() + "\n";
  }

  /** The one style sheet. */
  static String style() {
    try (InputStream in = Pages.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css is not in the jar", e);
    }
  }
}
