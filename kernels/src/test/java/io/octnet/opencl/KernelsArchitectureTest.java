package io.octnet.opencl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.octnet.testing.ProductionCode;

/** Aparapi stays in this module, which knows the engine alone. */
@AnalyzeClasses(packages = "io.octnet", importOptions = ProductionCode.class)
class KernelsArchitectureTest {
  @ArchTest
  static final ArchRule aparapiIsUsedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.octnet.opencl")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.aparapi..");

  @ArchTest
  static final ArchRule theApplicationIsNotKnownHere =
      noClasses()
          .that()
          .resideInAPackage("io.octnet.opencl")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.octnet.layers..", "io.octnet.models..", "io.octnet.cli..");
}
