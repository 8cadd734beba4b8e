package io.octnet.images;

import io.octnet.UserException;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for a patient's name or number: the first 64 bits of its HMAC-SHA-256. The key is
 * secret and stays on this machine, {@code ~/.octnet/pseudonym.key}, made at the first use: without
 * it nobody finds the number by trying all of them. {@code OCTNET_PSEUDONYM_KEY} gives another one,
 * so that several machines call a patient the same.
 */
public final class Pseudonym {
  private static final String VARIABLE = "OCTNET_PSEUDONYM_KEY";
  private static final int KEY_BYTES = 32;
  private static final int SHOWN_BYTES = 8;

  private static byte[] key; // read or made when it is wanted first

  private Pseudonym() {}

  /** 16 hex digits, the same for the same text and key; empty for an empty text. */
  public static String of(String text) {
    return text.isEmpty() ? "" : hash(key(), text);
  }

  private static String hash(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  private static synchronized byte[] key() {
    if (key == null) {
      String given = System.getProperty("octnet.pseudonym.key", System.getenv(VARIABLE));
      boolean none = given == null || given.isBlank();
      key = none ? stored() : given.getBytes(StandardCharsets.UTF_8);
    }
    return key;
  }

  private static byte[] stored() {
    Path file = Path.of(System.getProperty("user.home"), ".octnet", "pseudonym.key");
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      String text = Files.readString(file).strip();
      if (text.length() < 2 * KEY_BYTES) {
        throw new IOException("too short");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException(
          Text.format(
              "cannot keep the key of patients' pseudonyms in %s (%s); give one: %s",
              file, e.getClass().getSimpleName(), VARIABLE),
          e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] made = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(made);
    Files.createDirectories(file.getParent());
    Path temporary = Files.createTempFile(file.getParent(), "key", ""); // its owner's alone
    try {
      Files.writeString(temporary, HexFormat.of().formatHex(made));
      Files.createLink(file, temporary); // whole, or not at all
    } catch (FileAlreadyExistsException e) {
      // another process was faster: its key counts
    } finally {
      Files.delete(temporary);
    }
  }
}
