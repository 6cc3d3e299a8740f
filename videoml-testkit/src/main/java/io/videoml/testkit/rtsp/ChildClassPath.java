package io.videoml.testkit.rtsp;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the serving process needs on its class path: us, and JNA. */
final class ChildClassPath {
  private static final String JNA = "com.sun.jna.Native";

  private ChildClassPath() {}

  /**
   * Returns the class path. By where the classes were loaded from, because the system property does
   * not tell under every class loader, nor on the module path.
   *
   * @throws IllegalStateException if JNA is missing
   */
  static String get() {
    return Stream.of(CameraProcess.class, jna())
        .map(ChildClassPath::location)
        .collect(joining(File.pathSeparator));
  }

  private static Class<?> jna() {
    try {
      return Class.forName(JNA, /* initialize= */ false, ChildClassPath.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "the RTSP server needs JNA; add net.java.dev.jna:jna to the test dependencies", e);
    }
  }

  private static String location(Class<?> type) {
    @Nullable CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException(
          "cannot tell where " + type.getName() + " was loaded from; put it on the class path");
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IllegalStateException(
          type.getName() + " must come from a directory or a jar, not " + source.getLocation(), e);
    }
  }
}
