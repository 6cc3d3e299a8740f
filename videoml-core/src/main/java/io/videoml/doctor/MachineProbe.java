package io.videoml.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out what a machine is: from system properties, {@code /proc} and {@code /dev}. */
final class MachineProbe {
  private static final Pattern LIBC =
      Pattern.compile("\\s(/\\S*/libc(?:\\.so\\.6|-[\\d.]+\\.so))\\s*$");
  private static final Pattern RELEASE =
      Pattern.compile("GNU C Library[^\\n]{0,80}version (\\d+\\.\\d+)");
  private static final Pattern DRIVER =
      Pattern.compile("(?:Kernel Module[^\\d]*?|x86_64\\s+|aarch64\\s+)(\\d{3,}\\.[\\d.]+)");
  private static final List<String> CUDA =
      List.of(
          "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
          "/usr/lib/aarch64-linux-gnu/libcuda.so.1",
          "/usr/lib64/libcuda.so.1",
          "/usr/lib/libcuda.so.1",
          "/usr/lib/wsl/lib/libcuda.so.1",
          "/usr/local/nvidia/lib64/libcuda.so.1");

  private MachineProbe() {}

  static Machine look() {
    List<String> render = nodes(Path.of("/dev/dri"), "renderD");
    List<String> video = nodes(Path.of("/dev"), "video");
    List<String> closed =
        Stream.concat(render.stream(), video.stream())
            .filter(node -> !Files.isReadable(Path.of(node)) || !Files.isWritable(Path.of(node)))
            .toList();
    return new Machine(
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch"),
        glibc(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        Runtime.getRuntime().maxMemory(),
        Optional.ofNullable(System.getenv("MALLOC_ARENA_MAX")).filter(text -> !text.isBlank()),
        text(Path.of("/proc/driver/nvidia/version")).flatMap(MachineProbe::driver),
        cudaProblem(),
        render,
        video,
        closed);
  }

  /** Returns the version of the driver in what the kernel module says of itself. */
  static Optional<String> driver(String version) {
    Matcher matcher = DRIVER.matcher(version);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** The library says its version in a text that is part of it. */
  private static Optional<String> glibc() {
    return text(Path.of("/proc/self/maps")).stream()
        .flatMap(String::lines)
        .map(LIBC::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .flatMap(file -> text(Path.of(file)))
        .map(RELEASE::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1));
  }

  private static OptionalLong memory() {
    return text(Path.of("/proc/meminfo")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst();
  }

  private static Optional<String> cudaProblem() {
    String first = "";
    for (String library : CUDA) {
      if (Files.exists(Path.of(library))) {
        try {
          System.load(library);
          return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
          first = first.isEmpty() ? String.valueOf(e.getMessage()) : first;
        }
      }
    }
    return Optional.of(first.isEmpty() ? "there is no libcuda.so.1" : first);
  }

  private static List<String> nodes(Path directory, String start) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .map(Path::toString)
          .filter(name -> name.startsWith(directory.resolve(start).toString()))
          .sorted()
          .forEach(found::add);
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // no such devices
    }
    return found;
  }

  /** Byte for byte: some of these are no text. */
  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // not this system
    }
  }
}
