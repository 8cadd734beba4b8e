package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class MaskedTest {
  @Test
  void idAndNamesAreReplacedWhereverTheyStand() {
    String masked = Masked.of("AMD/doe_JANE_MRN4711_L.dcm", "mrn4711", "Doe^Jane^^Dr");
    assertThat(masked).startsWith("AMD/").endsWith("_L.dcm");
    assertThat(masked.toLowerCase(Locale.ROOT))
        .doesNotContain("doe")
        .doesNotContain("jane")
        .doesNotContain("4711");
  }

  @Test
  void shortIdsAreReplacedOnlyWhereTheyStandAlone() {
    assertThat(Masked.of("CNV/11_1_scan1.dcm", "1", ""))
        .isEqualTo("CNV/11_" + Pseudonym.of("1") + "_scan1.dcm");
    assertThat(Masked.of("CNV/scan.dcm", "", "")).isEqualTo("CNV/scan.dcm");
  }
}
