package io.octnet.report;

import java.util.Locale;

/** Text for a page; whatever comes from outside is escaped. */
public final class Html {
  private final StringBuilder text = new StringBuilder();

  /** The text as it appears, whatever is in it. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Markup as it is, formatted; arguments that are texts are escaped. */
  public Html add(String markup, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = values[i] instanceof String s ? escape(s) : values[i];
    }
    text.append(values.length == 0 ? markup : String.format(Locale.ROOT, markup, safe));
    return this;
  }

  /** A part that was made before. */
  public Html add(Html part) {
    text.append(part.text);
    return this;
  }

  /** A row of a table: the first cell names it. */
  public Html row(String first, Object... cells) {
    add("<tr><th scope=\"row\">%s</th>", first);
    for (Object cell : cells) {
      add("<td>%s</td>", String.valueOf(cell));
    }
    return add("</tr>\n");
  }

  /** The head of a table. */
  public Html head(String... names) {
    add("<tr>");
    for (String name : names) {
      add("<th scope=\"col\">%s</th>", name);
    }
    return add("</tr>\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
