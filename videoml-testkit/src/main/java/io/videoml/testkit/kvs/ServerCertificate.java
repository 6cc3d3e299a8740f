package io.videoml.testkit.kvs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate for the loopback interface that nobody vouches for. Made anew each time, in a
 * folder that goes with it.
 */
final class ServerCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
  private static final long LIMIT_SECONDS = 30;

  /** Guards a file that is deleted at once and holds a key that is worth nothing. */
  private static final String STORE_PASSWORD = "loopback";

  private final SSLContext context;
  private final Path folder;
  private final Path pem;

  private ServerCertificate(SSLContext context, Path folder, Path pem) {
    this.context = context;
    this.folder = folder;
    this.pem = pem;
  }

  static ServerCertificate make() throws IOException {
    Path folder = Files.createTempDirectory("videoml-kvs");
    Path store = folder.resolve("store.p12");
    Path pem = folder.resolve("certificate.pem");
    try {
      generate(store);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, STORE_PASSWORD.toCharArray());
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, STORE_PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      Files.writeString(pem, pem(keys.getCertificate("stand-in").getEncoded()));
      return new ServerCertificate(context, folder, pem);
    } catch (GeneralSecurityException | IOException e) {
      Files.deleteIfExists(store);
      Files.deleteIfExists(pem);
      Files.deleteIfExists(folder);
      throw new IOException("cannot make a certificate: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  SSLContext context() {
    return context;
  }

  Path pem() {
    return pem;
  }

  void delete() {
    try {
      Files.deleteIfExists(pem);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOG.debug("a temporary folder stays", e);
    }
  }

  /** By the JDK's own tool: it has no public API for it. */
  private static void generate(Path store) throws IOException {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "stand-in",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a certificate was made", e);
    } finally {
      tool.destroyForcibly();
    }
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
