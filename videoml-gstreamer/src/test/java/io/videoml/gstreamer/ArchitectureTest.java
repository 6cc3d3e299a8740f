package io.videoml.gstreamer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.videoml.testkit.ArchitectureContract;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.videoml.gstreamer", "com.sun.jna..");
  }

  /** They must load where the library does not, to say so. */
  @Test
  void publicClasses_useNothingOfTheLibrary() {
    noClasses()
        .that()
        .arePublic()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.videoml.gstreamer"));
  }
}
