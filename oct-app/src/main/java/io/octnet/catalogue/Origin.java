package io.octnet.catalogue;

import io.octnet.images.BitDepth;
import java.util.List;

/**
 * How a catalogue came about.
 *
 * @param layout what the data were recognised as, in one line
 * @param notes what the user should be told, a line each
 * @param leak why any split of the data leaks; empty where it need not
 * @param depth how samples of 16 bits were scaled; null where no file has any
 */
public record Origin(String layout, List<String> notes, String leak, BitDepth depth) {
  public Origin {
    notes = List.copyOf(notes);
  }
}
