package io.octnet.runs;

import io.octnet.UserException;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.PatientPattern;
import io.octnet.images.BitDepth;
import io.octnet.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the data set of a run is read.
 *
 * @param patientRegex null for the usual file names
 * @param labels a table of classes; null where the folders say them
 * @param depth of 16-bit samples; null: as the data show
 * @param pseudonymize whether a keyed hash stands for each patient
 */
public record Reading(String patientRegex, Path labels, BitDepth depth, boolean pseudonymize) {
  /** As folders and names say it. */
  public static final Reading USUAL = new Reading(null, null, null, false);

  private static final String AUTO = "auto";

  /** As the {@code config.yaml} of a run has it. */
  public static Reading of(Map<String, String> config) {
    String labels = config.get("labels");
    return new Reading(
        config.get("patient-regex"),
        labels == null ? null : Path.of(labels),
        depth(config.getOrDefault("bit-depth", AUTO)),
        Boolean.parseBoolean(config.get("pseudonymize")));
  }

  /**
   * What {@code --bit-depth} means; null for {@code auto}.
   *
   * @throws UserException when it is anything else
   */
  public static BitDepth depth(String text) {
    if (text.equals(AUTO)) {
      return null;
    }
    return BitDepth.of(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    Text.format(
                        "--bit-depth is '%s'; expected auto, %s",
                        text, String.join(", ", BitDepth.names()))));
  }

  /** The same with the depth that was found. */
  public Reading withDepth(BitDepth found) {
    return new Reading(patientRegex, labels, found == null ? depth : found, pseudonymize);
  }

  /** As the catalogue takes it. */
  public CatalogueOptions options() {
    CatalogueOptions options =
        CatalogueOptions.DEFAULT.withLabels(labels).withDepth(depth).withPseudonyms(pseudonymize);
    return patientRegex == null ? options : options.withPatients(PatientPattern.of(patientRegex));
  }

  /** By the names of the options. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("patient-regex", patientRegex);
    values.put("labels", labels == null ? null : labels.toAbsolutePath().normalize().toString());
    values.put("bit-depth", depth == null ? AUTO : (Object) depth.bits());
    values.put("pseudonymize", pseudonymize ? true : null);
    return values;
  }
}
