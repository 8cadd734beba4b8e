package io.octnet.audit;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** An audit as JSON: the names of the records' components in snake case. */
public final class AuditJson {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  private AuditJson() {}

  public static String of(Audit audit) {
    return GSON.toJson(audit);
  }

  /** The fast part alone. */
  public static String of(Findings findings) {
    return GSON.toJson(findings);
  }
}
