package io.octnet.images;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One picture: a file, or a frame of a file that holds several. Written as the path, with {@code
 * #<frame>} behind it where there are several: {@code DME/volume.dcm#17}.
 *
 * @param frame 1 to n in a file that holds several; 0 in a file of one
 */
public record ScanRef(Path file, int frame) {
  private static final Pattern FRAME = Pattern.compile("^(.+)#([1-9][0-9]{0,8})$");

  /** The only picture of a file. */
  public static ScanRef of(Path file) {
    return new ScanRef(file, 0);
  }

  /** Reads the written form, relative to a folder. */
  public static ScanRef parse(Path folder, String text) {
    Matcher matcher = FRAME.matcher(text);
    return matcher.matches()
        ? new ScanRef(folder.resolve(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : of(folder.resolve(text));
  }

  /** The written form of a frame of a file so named. */
  public static String text(String file, int frame) {
    return frame == 0 ? file : file + "#" + frame;
  }

  /** The file in the written form, without a frame. */
  public static String fileOf(String text) {
    Matcher matcher = FRAME.matcher(text);
    return matcher.matches() ? matcher.group(1) : text;
  }

  /** The frame's place in {@link ScanFile#read}, from 0. */
  public int index() {
    return Math.max(0, frame - 1);
  }

  @Override
  public String toString() {
    return text(file.toString(), frame);
  }
}
