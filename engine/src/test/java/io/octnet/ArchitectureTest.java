package io.octnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.octnet.autograd.Node;
import io.octnet.testing.ProductionCode;

/** The engine's packages know each other in one direction, and the JDK alone beside. */
@AnalyzeClasses(packages = "io.octnet", importOptions = ProductionCode.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesKnowEachOtherInOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("random")
          .definedBy("io.octnet.random")
          .layer("tensor")
          .definedBy("io.octnet.tensor")
          .layer("compute")
          .definedBy("io.octnet.compute")
          .optionalLayer("simd")
          .definedBy("io.octnet.compute.simd..")
          .layer("autograd")
          .definedBy("io.octnet.autograd")
          .layer("ops")
          .definedBy("io.octnet.ops")
          .layer("gradcheck")
          .definedBy("io.octnet.gradcheck")
          .whereLayer("random")
          .mayNotAccessAnyLayer()
          .whereLayer("tensor")
          .mayNotAccessAnyLayer()
          .whereLayer("compute")
          .mayOnlyAccessLayers("random", "tensor")
          .whereLayer("simd")
          .mayOnlyAccessLayers("random", "tensor", "compute")
          .whereLayer("autograd")
          .mayOnlyAccessLayers("tensor", "compute")
          .whereLayer("ops")
          .mayOnlyAccessLayers("tensor", "compute", "autograd")
          .whereLayer("gradcheck")
          .mayOnlyAccessLayers("random", "tensor", "compute", "autograd", "ops");

  @ArchTest
  static final ArchRule noCyclesBetweenPackages =
      slices().matching("io.octnet.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theVectorModuleIsUsedInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.octnet.compute.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..");

  @ArchTest
  static final ArchRule theEngineDependsOnTheJdkAlone =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.octnet..",
              "java..",
              "com.sun.management..",
              "jdk.incubator.vector..",
              "com.google.errorprone.annotations"); // for the compiler, absent at run time

  @ArchTest
  static final ArchRule nodesAreFinalAndLiveAmongTheOps =
      classes()
          .that()
          .areAssignableTo(Node.class)
          .and()
          .doNotHaveFullyQualifiedName(Node.class.getName())
          .should()
          .haveModifier(JavaModifier.FINAL)
          .andShould()
          .resideInAPackage("io.octnet.ops");
}
