package io.octnet.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.octnet.UserException;
import io.octnet.keras.Downloader;
import io.octnet.runs.Checksums;
import io.octnet.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Downloads the scans that the article used. */
@Command(
    name = "fetch-data",
    description = {
      "Downloads the OCT scans of Kermany et al. (Mendeley Data, doi 10.17632/rscbjbr9sj, CC BY 4.0)"
          + " and prints the files.",
      "Goes on where an earlier attempt stopped; a file with another checksum than the publisher's"
          + " listing says is never used.",
    },
    footer = {"", "Example: octnet fetch-data --out scans"})
final class FetchDataCommand extends OctCommand {
  private static final String DOI = "https://doi.org/10.17632/rscbjbr9sj";
  private static final int LONGEST_LISTING = 1 << 20;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "scans",
      description = "Where the files go. Default: ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--listing",
      paramLabel = "URL",
      hidden = true,
      defaultValue =
          "https://data.mendeley.com/public-api/datasets/rscbjbr9sj/files?folder_id=root&version=3",
      description = "The publisher's list of files.")
  URI listing;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  /** A file of the listing. */
  private record Published(String name, URI uri, String sha256) {}

  @Override
  public Integer call() {
    Downloader downloader = new Downloader();
    try {
      List<Published> files = files(downloader.text(listing, LONGEST_LISTING));
      Files.createDirectories(out);
      List<String> fetched = new ArrayList<>();
      for (Published file : files) {
        fetched.add(fetch(downloader, file));
      }
      if (json) {
        printJson(Map.of("files", fetched));
      }
    } catch (IOException e) {
      throw new UserException(
          Text.format(
              "%s; get the OCT scans by hand from %s, unpack the folders CNV, DME, DRUSEN and NORMAL into %s, and train with --data %s",
              e.getMessage(), DOI, out, out),
          e);
    }
    console().line("unpack it, and give the folder of CNV, DME, DRUSEN and NORMAL to --data");
    return DONE;
  }

  private String fetch(Downloader downloader, Published file) throws IOException {
    Path target = out.resolve(file.name);
    if (Files.exists(target)) {
      check(target, file);
    } else {
      downloader.download(
          file.uri,
          target,
          "SHA-256",
          file.sha256,
          (done, total) ->
              console()
                  .running(Text.format("%s: %d of %d MiB", file.name, done >> 20, total >> 20)));
      console().erase();
    }
    if (!json) {
      print(Text.visible(target.toString()));
    }
    return target.toString();
  }

  private static void check(Path target, Published file) throws IOException {
    String sha256 = Checksums.sha256(target);
    if (!sha256.equals(file.sha256)) {
      throw new UserException(
          Text.format(
              "%s is there already, with SHA-256 %s instead of the publisher's %s; move it away, and fetch again",
              target, sha256, file.sha256));
    }
  }

  /** The files of OCT scans in the publisher's JSON; it holds chest X-rays, too. */
  private static List<Published> files(String json) throws IOException {
    List<Published> files = new ArrayList<>();
    try {
      JsonArray entries = JsonParser.parseString(json).getAsJsonArray();
      for (JsonElement entry : entries) {
        JsonObject object = entry.getAsJsonObject();
        String name = object.get("filename").getAsString();
        if (name.toUpperCase(Locale.ROOT).contains("OCT")) {
          JsonObject details = object.getAsJsonObject("content_details");
          files.add(
              new Published(
                  plain(name),
                  URI.create(details.get("download_url").getAsString()),
                  details.get("sha256_hash").getAsString().toLowerCase(Locale.ROOT)));
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new IOException("the publisher's listing is not as expected", e);
    }
    if (files.isEmpty()) {
      throw new IOException("the publisher's listing has no OCT scans");
    }
    return files;
  }

  private static String plain(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("no plain file name");
    }
    return name;
  }
}
