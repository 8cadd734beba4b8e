package io.octnet.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar carries, what docs/DEPENDENCIES.md says of it, and the licences beside it. */
class LicensesIT {
  private static Path jarFile;
  private static Path addOn;
  private static Path root;

  /** A row of the tables. */
  private record Row(String licence, String text) {}

  private static Map<String, Row> documented;
  private static Map<String, JsonObject> carried;

  @BeforeAll
  static void readBoth() throws IOException {
    assumeTrue(System.getProperty("octnet.jar") != null, "runs once the jar is built: mvn verify");
    jarFile = Path.of(System.getProperty("octnet.jar"));
    root = Path.of(System.getProperty("octnet.root"));
    documented = rows(Files.readString(root.resolve("docs/DEPENDENCIES.md")));
    addOn = jarFile.resolveSibling("octnet-opencl.jar");
    try (JarFile jar = new JarFile(jarFile.toFile());
        JarFile opencl = new JarFile(addOn.toFile())) {
      carried = components(text(jar, "META-INF/sbom/octnet.cdx.json"));
      carried.putAll(components(text(opencl, "META-INF/sbom/octnet-opencl.cdx.json")));
    }
  }

  @Test
  void everyDependencyHasARowAndEveryRowADependency() {
    assertThat(carried.keySet()).isEqualTo(documented.keySet());
  }

  @Test
  void theRowsNameTheLicencesThatTheirPomsName() {
    documented.forEach(
        (library, row) ->
            assertThat(carried.get(library).getAsJsonArray("licenses").toString())
                .as(library)
                .contains(row.licence.split(" ")[0]));
  }

  @Test
  void theJarHasEachLicencesTextAndTheNoticeAsTheyAreInTheRepository() throws IOException {
    List<String> texts = documented.values().stream().map(Row::text).distinct().toList();
    assertThat(texts).contains("LICENSE").hasSizeGreaterThan(1);
    try (JarFile jar = new JarFile(jarFile.toFile())) {
      for (String name : texts) {
        assertThat(text(jar, "META-INF/" + name)).isEqualTo(Files.readString(root.resolve(name)));
      }
      assertThat(text(jar, "META-INF/NOTICE"))
          .isEqualTo(Files.readString(root.resolve("NOTICE")))
          .contains("Apache Commons Lang", "The Apache Software Foundation");
      assertThat(jar.getEntry("LICENSE")).isNull(); // of one library, it would look like ours
    }
  }

  @Test
  void theAddOnForOpenClHasItsLicencesAndTheNativeCodeOfOnePlatform() throws IOException {
    try (JarFile jar = new JarFile(addOn.toFile())) {
      assertThat(text(jar, "META-INF/LICENSE"))
          .isEqualTo(Files.readString(root.resolve("LICENSE")));
      assertThat(text(jar, "META-INF/NOTICE")).contains("Aparapi", "BCEL");
      assertThat(natives(jar)).isNotEmpty();
      assertThat(natives(jar).stream().map(name -> name.split("/")[0]).distinct()).hasSize(1);
    }
  }

  @Test
  void theJarItselfHasNoNativeCode() throws IOException {
    try (JarFile jar = new JarFile(jarFile.toFile())) {
      assertThat(natives(jar)).isEmpty();
      assertThat(jar.stream()).noneMatch(entry -> entry.getName().startsWith("com/aparapi/"));
    }
  }

  private static List<String> natives(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"))
        .toList();
  }

  private static Map<String, Row> rows(String document) {
    return document
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| library"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .collect(
            Collectors.toMap(
                cells -> cells.get(1),
                cells -> new Row(cells.get(cells.size() - 2), cells.getLast()),
                (a, b) -> a,
                TreeMap::new));
  }

  private static Map<String, JsonObject> components(String bom) {
    Map<String, JsonObject> components = new TreeMap<>();
    for (JsonElement each :
        JsonParser.parseString(bom).getAsJsonObject().getAsJsonArray("components")) {
      JsonObject component = each.getAsJsonObject();
      String group = component.get("group").getAsString();
      if (!group.equals("io.octnet")) {
        components.put(group + ":" + component.get("name").getAsString(), component);
      }
    }
    return components;
  }

  private static String text(JarFile jar, String name) throws IOException {
    assertThat(jar.getEntry(name)).as(name).isNotNull();
    return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), UTF_8);
  }
}
