package io.videoml.testkit.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the loopback interface that nobody vouches for, and its key, both as PEM. Made
 * anew each time: a key in the sources would end up somewhere it matters.
 */
record SelfSigned(String certificate, String key) {
  private static final long LIMIT_SECONDS = 30;

  /** Guards a file that is deleted at once and holds a key that is worth nothing. */
  private static final String STORE_PASSWORD = "loopback";

  private static final String ALIAS = "camera";

  static SelfSigned make() {
    try {
      Path directory = Files.createTempDirectory("videoml-camera");
      Path store = directory.resolve("store.p12");
      try {
        generate(store);
        return read(store);
      } finally {
        Files.deleteIfExists(store);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a certificate", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read the certificate just made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a certificate was made", e);
    }
  }

  /** By the JDK's own tool: it has no public API for it. */
  private static void generate(Path store) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-validity",
                "30",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!tool.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
        throw new IOException("keytool of the JDK failed");
      }
    } finally {
      tool.destroyForcibly();
    }
  }

  private static SelfSigned read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = STORE_PASSWORD.toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return new SelfSigned(
        pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()),
        pem("PRIVATE KEY", store.getKey(ALIAS, password).getEncoded()));
  }

  private static String pem(String kind, byte[] bytes) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind);
  }

  @Override
  public String toString() {
    return "SelfSigned[...]";
  }
}
