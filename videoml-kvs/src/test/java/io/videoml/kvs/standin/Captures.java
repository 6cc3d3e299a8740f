package io.videoml.kvs.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real captures, which are not part of the sources. */
final class Captures {
  private Captures() {}

  static byte[] read(String name) throws IOException {
    Path file = Path.of(System.getProperty("videoml.shared", ""), "data", "kvs", name);
    assumeTrue(Files.isRegularFile(file), "the capture " + name + " is not on this machine");
    return Files.readAllBytes(file);
  }
}
