package io.octnet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void numbersDoNotFollowTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(Text.format("%d %,d %.2f", 12, 1234567, 0.5)).isEqualTo("12 1,234,567 0.50");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatIsNotSeenIsWrittenOut() {
    assertThat(Text.visible("a\u001b[31m\u009b\r\n\u202e\u2028\ufeff\ud800."))
        .isEqualTo("a\\u001b[31m\\u009b\\u000d\\u000a\\u202e\\u2028\\ufeff\\ud800.");
    assertThat(Text.visible(new String(Character.toChars(0xE0041)))).isEqualTo("\\udb40\\udc41");
  }

  @Test
  void wordsOfAllLanguagesStayAsTheyAre() {
    String words = "Drusen-größer 正常 می\u200cخواهم \uD83D\uDC41 C:\\u";
    assertThat(Text.visible(words)).isSameAs(words);
  }
}
