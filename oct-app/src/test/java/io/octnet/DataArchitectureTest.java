package io.octnet;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.octnet.testing.ProductionCode;

/** Data flows one way: images, layouts, catalogue, split, audit; no stage reaches back. */
@AnalyzeClasses(packages = "io.octnet", importOptions = ProductionCode.class)
class DataArchitectureTest {

  @ArchTest
  static final ArchRule noStageReachesBack =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.octnet..")
          .withOptionalLayers(true)
          .layer("engine and layers")
          .definedBy(
              "io.octnet.random",
              "io.octnet.tensor",
              "io.octnet.compute",
              "io.octnet.text",
              "io.octnet.models")
          .layer("errors")
          .definedBy("io.octnet")
          .layer("dicom")
          .definedBy("io.octnet.dicom")
          .layer("images")
          .definedBy("io.octnet.images")
          .layer("layouts")
          .definedBy("io.octnet.layouts")
          .layer("catalogue")
          .definedBy("io.octnet.catalogue")
          .layer("split")
          .definedBy("io.octnet.split")
          .layer("synthetic")
          .definedBy("io.octnet.synthetic")
          .layer("audit")
          .definedBy("io.octnet.audit")
          .whereLayer("dicom")
          .mayOnlyAccessLayers("engine and layers")
          .whereLayer("images")
          .mayOnlyAccessLayers("dicom", "engine and layers", "errors")
          .whereLayer("layouts")
          .mayOnlyAccessLayers("images", "engine and layers", "errors")
          .whereLayer("catalogue")
          .mayOnlyAccessLayers("images", "layouts", "engine and layers", "errors")
          .whereLayer("split")
          .mayOnlyAccessLayers("catalogue", "images", "engine and layers", "errors")
          .whereLayer("synthetic")
          .mayOnlyAccessLayers("images", "engine and layers", "errors")
          .whereLayer("audit")
          .mayOnlyAccessLayers(
              "catalogue", "layouts", "split", "images", "engine and layers", "errors");
}
