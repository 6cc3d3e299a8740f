package io.videoml.testkit;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super(
        "io.videoml.testkit",
        "org.junit.jupiter..",
        "org.assertj..",
        "com.tngtech.archunit..",
        "com.sun.jna..",
        "com.fasterxml.jackson..");
  }
}
