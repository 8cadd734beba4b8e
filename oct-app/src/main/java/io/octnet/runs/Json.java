package io.octnet.runs;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** How all JSON is written and read: keys in snake_case, what is undefined as null. */
public final class Json {
  /** For everything but NaN, which JSON has not: say null. */
  public static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .serializeNulls()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  private Json() {}

  /** An object as text. */
  public static String text(Object value) {
    return GSON.toJson(value);
  }
}
