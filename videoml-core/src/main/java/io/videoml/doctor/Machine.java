package io.videoml.doctor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What this machine is, as far as video goes. Nothing but the JDK is needed to find it out.
 *
 * <p>Threading: immutable.
 *
 * @param java vendor and version of the JVM
 * @param os name and version
 * @param arch as {@code "amd64"}
 * @param glibc version of the C library; empty where it is another
 * @param processors that the JVM may use
 * @param memoryBytes that the JVM may use, in all; empty where it does not tell
 * @param maxHeapBytes limit of the Java heap
 * @param mallocArenaMax the setting of the environment
 * @param nvidiaDriver version of the NVIDIA driver that is loaded
 * @param cudaProblem why {@code libcuda.so.1} does not load; empty where it does
 * @param renderNodes of GPUs, as {@code "/dev/dri/renderD128"}
 * @param videoNodes of cameras and video codecs, as {@code "/dev/video0"}
 * @param closedNodes of all these, those that this user may not open
 */
public record Machine(
    String java,
    String os,
    String arch,
    Optional<String> glibc,
    int processors,
    OptionalLong memoryBytes,
    long maxHeapBytes,
    Optional<String> mallocArenaMax,
    Optional<String> nvidiaDriver,
    Optional<String> cudaProblem,
    List<String> renderNodes,
    List<String> videoNodes,
    List<String> closedNodes) {

  public Machine {
    requireNonNull(java, "java");
    requireNonNull(os, "os");
    requireNonNull(arch, "arch");
    requireNonNull(glibc, "glibc");
    requireNonNull(memoryBytes, "memoryBytes");
    requireNonNull(mallocArenaMax, "mallocArenaMax");
    requireNonNull(nvidiaDriver, "nvidiaDriver");
    requireNonNull(cudaProblem, "cudaProblem");
    renderNodes = List.copyOf(renderNodes);
    videoNodes = List.copyOf(videoNodes);
    closedNodes = List.copyOf(closedNodes);
  }

  /** Looks at this machine. Tries to load {@code libcuda.so.1}. */
  public static Machine look() {
    return MachineProbe.look();
  }

  /** Returns whether there is any device that could decode or infer. */
  public boolean hasGpu() {
    return nvidiaDriver.isPresent() || !renderNodes.isEmpty();
  }
}
