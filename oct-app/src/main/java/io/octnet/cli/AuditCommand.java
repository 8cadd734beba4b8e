package io.octnet.cli;

import io.octnet.UserException;
import io.octnet.audit.Audit;
import io.octnet.audit.AuditJson;
import io.octnet.audit.AuditText;
import io.octnet.audit.Thumbnails;
import io.octnet.catalogue.Catalogue;
import io.octnet.catalogue.CatalogueOptions;
import io.octnet.catalogue.CatalogueReader;
import io.octnet.images.PixelCache;
import io.octnet.images.Workers;
import io.octnet.report.AuditPage;
import io.octnet.runs.AtomicFiles;
import io.octnet.split.Leaks;
import io.octnet.split.SplitCsv;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong with a data folder. */
@Command(
    name = "audit",
    description =
        "Looks a data folder through: damaged files, duplicates, patients in several classes,"
            + " class balance, and size or border that tell the class.",
    footer = {"", "Example: octnet audit --data scans --html audit.html"})
final class AuditCommand extends OctCommand {
  /** More thumbnails lie in a mapped file: the collector keeps two to three times what it holds. */
  private static final long MOST_IN_HEAP = 64L << 20;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with a folder of images for each class.")
  Path folder;

  @Option(
      names = "--split-file",
      paramLabel = "CSV",
      description = "A split, as the command split writes it: names what lies in several parts.")
  Path splitFile;

  @Mixin ReadingOptions reading;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page, too, with near duplicates side by side.")
  Path html;

  @Override
  public Integer call() throws IOException {
    CatalogueOptions options = reading.reading().options();
    long budget = Math.min(MOST_IN_HEAP, Runtime.getRuntime().maxMemory() / 4);
    PixelCache.Loader loader = Thumbnails.loader(budget, temporaryFolder());
    Catalogue catalogue =
        CatalogueReader.read(folder, options, loader, console().stage("reading images")::update);
    console().running("comparing images");
    try (PixelCache thumbnails = loader.cache(catalogue.files());
        BackendOptions.InUse used =
            new BackendOptions().use()) { // closed again, unlike the default
      Audit audit = Audit.of(catalogue, thumbnails, Workers.all());
      Optional<Leaks> leaks =
          splitFile == null
              ? Leaks.ofGiven(catalogue)
              : Optional.of(Leaks.of(SplitCsv.read(splitFile, catalogue)));
      audit = leaks.map(audit::with).orElse(audit);
      console().erase();
      if (html != null) {
        write(AuditPage.of(audit, catalogue, thumbnails));
      }
      print((json ? AuditJson.of(audit) : AuditText.of(audit)).stripTrailing());
      return DONE;
    } catch (IOException e) {
      throw new UserException("cannot keep the thumbnails (" + e.getMessage() + ")", e);
    }
  }

  private void write(String page) {
    try {
      AtomicFiles.write(html, page);
    } catch (IOException e) {
      throw new UserException(
          Text.format("cannot write %s (%s); give another --html", html, AtomicFiles.reason(e)), e);
    }
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
