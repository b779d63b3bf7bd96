package io.baton.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The picture of the agent's packages, as the build sees it. */
@AnalyzeClasses(packages = "io.baton.agent", importOptions = DoNotIncludeTests.class)
class LayersTest {
  @ArchTest
  static final ArchRule protocolIsPure =
      classes()
          .that()
          .resideInAPackage("io.baton.agent.protocol")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.baton.agent.protocol", "java.lang..", "java.util..", "org.jspecify..");

  @ArchTest
  static final ArchRule protocolHasNoClockAndNoThreads =
      noClasses()
          .that()
          .resideInAPackage("io.baton.agent.protocol")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread");

  @ArchTest
  static final ArchRule gRpcStopsAtTheRuntime =
      noClasses()
          .that()
          .resideInAnyPackage("io.baton.agent", "io.baton.agent.watch")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.baton.proto..", "com.google..");
}
