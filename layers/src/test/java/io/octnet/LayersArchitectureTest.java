package io.octnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.octnet.testing.ProductionCode;

/** The packages of this module know each other in one direction, and little beside. */
@AnalyzeClasses(packages = "io.octnet", importOptions = ProductionCode.class)
class LayersArchitectureTest {

  @ArchTest
  static final ArchRule packagesKnowEachOtherInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("initializers")
          .definedBy("io.octnet.initializers")
          .layer("layers")
          .definedBy("io.octnet.layers")
          .layer("losses")
          .definedBy("io.octnet.losses")
          .layer("optimizers")
          .definedBy("io.octnet.optimizers")
          .layer("hdf5")
          .definedBy("io.octnet.hdf5")
          .layer("keras")
          .definedBy("io.octnet.keras")
          .layer("models")
          .definedBy("io.octnet.models")
          .layer("saving")
          .definedBy("io.octnet.saving")
          .layer("callbacks")
          .definedBy("io.octnet.callbacks")
          .layer("zoo")
          .definedBy("io.octnet.zoo")
          .whereLayer("initializers")
          .mayNotAccessAnyLayer()
          .whereLayer("losses")
          .mayOnlyAccessLayers("layers")
          .whereLayer("hdf5")
          .mayNotAccessAnyLayer()
          .whereLayer("layers")
          .mayOnlyAccessLayers("initializers")
          .whereLayer("optimizers")
          .mayOnlyAccessLayers("layers")
          .whereLayer("keras")
          .mayOnlyAccessLayers("hdf5")
          .whereLayer("models")
          .mayOnlyAccessLayers("layers", "losses", "optimizers", "keras")
          .whereLayer("saving")
          .mayOnlyAccessLayers("layers", "models", "keras", "hdf5")
          .whereLayer("callbacks")
          .mayOnlyAccessLayers("layers", "models", "optimizers")
          .whereLayer("zoo")
          .mayOnlyAccessLayers("layers", "models", "keras");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("io.octnet.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theHdf5LibraryIsUsedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.octnet.hdf5")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.jhdf..")
          .because("everything read from a file passes the checks of io.octnet.hdf5");

  @ArchTest
  static final ArchRule theEngineKnowsNothingOfThisModule =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.octnet.tensor..",
              "io.octnet.autograd..",
              "io.octnet.ops..",
              "io.octnet.compute..",
              "io.octnet.random..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.octnet.layers..", "io.octnet.models..", "io.octnet.keras..", "io.octnet.zoo..");

  @ArchTest
  static final ArchRule vectorsAreTheEnginesBusiness =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.octnet.compute.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");
}
