package io.octnet.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PseudonymTest {
  @Test
  void aPatientIsAlwaysCalledTheSameAndNobodyLikeAnother() {
    String doe = Pseudonym.of("DOE^JANE");
    assertThat(doe).matches("[0-9a-f]{16}").isEqualTo(Pseudonym.of("DOE^JANE"));
    assertThat(Pseudonym.of("DOE^JOHN")).isNotEqualTo(doe);
    assertThat(Pseudonym.of("")).isEmpty();
  }
}
