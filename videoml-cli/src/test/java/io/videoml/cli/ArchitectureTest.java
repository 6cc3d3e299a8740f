package io.videoml.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.videoml.testkit.ArchitectureContract;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ArchitectureContract {
  private static final String ROOT = "io.videoml.cli";

  ArchitectureTest() {
    super(
        ROOT,
        "io.videoml.inference.head..",
        "io.videoml.ffmpeg..",
        "io.videoml.gstreamer..",
        "io.videoml.kvs..",
        "io.videoml.onnx..",
        "io.videoml.micrometer..",
        "io.micrometer..",
        "io.videoml.testkit..",
        "picocli..",
        "com.fasterxml.jackson..",
        "org.snakeyaml.engine.v2..");
  }

  @Override
  protected boolean mayPrint() {
    return true;
  }

  @Test
  void publicClasses_ofTheRootPackage_areTheMainClassOnly() {
    classes()
        .that()
        .resideInAPackage(ROOT)
        .and()
        .arePublic()
        .should()
        .be(Main.class)
        .check(imported());
  }

  @Test
  void packages_all_importOnlyFromThoseBelow() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("commands")
        .definedBy(ROOT)
        .layer("compare")
        .definedBy(ROOT + ".compare")
        .layer("fleet")
        .definedBy(ROOT + ".fleet")
        .layer("doctor")
        .definedBy(ROOT + ".doctor")
        .layer("run")
        .definedBy(ROOT + ".run")
        .layer("output")
        .definedBy(ROOT + ".output")
        .layer("options")
        .definedBy(ROOT + ".options")
        .layer("process")
        .definedBy(ROOT + ".process")
        .whereLayer("commands")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("compare")
        .mayOnlyBeAccessedByLayers("commands")
        .whereLayer("fleet")
        .mayOnlyBeAccessedByLayers("commands")
        .whereLayer("doctor")
        .mayOnlyBeAccessedByLayers("commands")
        .whereLayer("run")
        .mayOnlyBeAccessedByLayers("commands", "compare", "fleet")
        .whereLayer("output")
        .mayOnlyBeAccessedByLayers("commands", "compare", "fleet", "run")
        .whereLayer("options")
        .mayOnlyBeAccessedByLayers("commands", "compare", "fleet", "run")
        .whereLayer("process")
        .mayOnlyBeAccessedByLayers("commands", "compare", "fleet", "run", "output", "options")
        .check(imported());
  }

  private static JavaClasses imported() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(ROOT);
  }
}
