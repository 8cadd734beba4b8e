package io.octnet.images;

import io.octnet.dicom.DicomFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which reader a file gets: by its first bytes, and by the name only where they say nothing. */
final class ScanFormats {
  private static final Set<String> DICOM = Set.of("dcm", "dicom");
  private static final Set<String> VOLUMES = Set.of("vol", "npz");

  /** What devices write for their own programs alone; nobody documents it. */
  private static final Map<String, String> CLOSED =
      Map.of(
          "e2e", "Heidelberg's .e2e",
          "fda", "Topcon's .fda",
          "img", "Zeiss's .img");

  private ScanFormats() {}

  static ScanFile open(Path file) throws UnreadableImageException {
    byte[] head = head(file);
    String ending = ending(file);
    if (DicomFile.isDicom(head) || DICOM.contains(ending) && isBareDataSet(head)) {
      return DicomScan.open(file);
    }
    if (HeidelbergVolume.isVolume(head)) {
      return HeidelbergVolume.open(file);
    }
    if (Npz.isNpz(head)) {
      return Npz.open(file);
    }
    if (CLOSED.containsKey(ending) && ImageFormat.of(head).isEmpty()) {
      throw new UnreadableImageException(
          CLOSED.get(ending)
              + " is not read; export the scans as DICOM or TIFF, or convert them with"
              + " OCT-Converter or eyepy (both Python)");
    }
    return new PictureFile(ImageDecoder.bytes(file));
  }

  static boolean isCandidate(Path file) {
    String ending = ending(file);
    return ImageFormat.isImageName(file.getFileName().toString())
        || DICOM.contains(ending)
        || VOLUMES.contains(ending)
        || CLOSED.containsKey(ending)
        || DicomFile.isDicom(head(file)); // devices often leave the ending away
  }

  /** Files without DICOM's magic begin with attributes of group 8 (or 2, the file's own). */
  private static boolean isBareDataSet(byte[] head) {
    return head.length > 8 && (head[0] == 8 || head[0] == 2) && head[1] == 0 && head[3] == 0;
  }

  private static byte[] head(Path file) {
    if (!Files.isRegularFile(file)) {
      return new byte[0]; // reading it says why
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(DicomFile.HEAD);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
