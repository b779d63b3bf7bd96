package io.baton.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The picture of docs/architecture, for the build. */
@AnalyzeClasses(
    packages = "io.baton.coordinator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  private static final String ROOT = "io.baton.coordinator";

  @ArchTest
  static final ArchRule stateKnowsNothingButItself =
      classes()
          .that()
          .resideInAPackage(ROOT + ".state")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".state", "java.lang..", "java.util..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule stateStartsNoThread =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".state")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..");

  @ArchTest
  static final ArchRule serviceKnowsStateOnly =
      classes()
          .that()
          .resideInAPackage(ROOT + ".service")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".service", ROOT + ".state", "java..", "org.jspecify.annotations");

  @ArchTest static final ArchRule rpcKnowsNoOtherAdapter = adapter("rpc");

  @ArchTest static final ArchRule opsKnowsNoOtherAdapter = adapter("ops");

  @ArchTest static final ArchRule raftKnowsNoOtherAdapter = adapter("raft", "codec", "disk");

  @ArchTest static final ArchRule storageKnowsNoOtherAdapter = adapter("storage", "codec", "disk");

  @ArchTest static final ArchRule configKnowsNoAdapter = adapter("config");

  /** An adapter may know the service, the state and the named helpers; nothing else of ours. */
  private static ArchRule adapter(String name, String... helpers) {
    String[] forbidden =
        Stream.of("rpc", "ops", "raft", "storage", "config", "codec", "disk")
            .filter(other -> !other.equals(name))
            .filter(other -> !List.of(helpers).contains(other))
            .map(other -> ROOT + "." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .allowEmptyShould(true);
  }

  @ArchTest static final ArchRule ratisStaysInRaft = only("org.apache.ratis..", "raft");

  @ArchTest static final ArchRule rocksStaysInStorage = only("org.rocksdb..", "storage");

  @ArchTest static final ArchRule yamlStaysInConfig = only("org.snakeyaml..", "config");

  @ArchTest
  static final ArchRule protobufStaysAtTheEdges =
      only("com.google.protobuf..", "rpc", "raft", "storage", "codec");

  @ArchTest static final ArchRule wireTypesStayInRpc = only("io.baton.proto..", "rpc");

  private static ArchRule only(String library, String... packages) {
    String[] allowed =
        Stream.concat(
                Arrays.stream(packages).map(p -> ROOT + "." + p + ".."),
                Stream.of("io.baton.proto..", "io.baton.disk..", "io.baton.internal.."))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .resideOutsideOfPackages(allowed)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
