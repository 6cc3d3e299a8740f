package io.videoml.testkit.kvs.signature;

import io.videoml.testkit.kvs.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The text that is signed, and how: AWS's Signature Version 4. */
final class Canonical {
  private Canonical() {}

  static byte[] request(HttpRequest request, List<String> signed, String payload) {
    String headers =
        signed.stream()
            .map(
                name ->
                    name
                        + ":"
                        + request.headers(name).stream()
                            .map(value -> value.strip().replaceAll(" +", " "))
                            .collect(Collectors.joining(","))
                        + "\n")
            .collect(Collectors.joining());
    String query =
        Arrays.stream(request.query().split("&"))
            .filter(part -> !part.isEmpty())
            .map(part -> part.contains("=") ? part : part + "=")
            .sorted()
            .collect(Collectors.joining("&"));
    String text =
        String.join(
            "\n",
            request.method(),
            request.path(),
            query,
            headers,
            String.join(";", signed),
            payload);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String hash(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String signature(String secret, String scope, String text) {
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, text));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
