package io.videoml.testkit.kvs.signature;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks signatures of AWS's version 4 from raw requests.
 *
 * <p>Threading: immutable.
 */
public final class SignatureCheck {
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 +Credential=([^/ ,]+)/([^ ,]+), *SignedHeaders=([^ ,]+), *Signature=([0-9a-f]{64})");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Map<String, Credentials> keys;
  private final String region;
  private final Clock clock;
  private final Duration skew;
  private final PayloadCheck payloads;

  /**
   * Accepts these keys, in this region.
   *
   * @param skew how far a client's clock may be off
   * @param unsignedPayload whether {@code UNSIGNED-PAYLOAD} is good enough
   */
  public SignatureCheck(
      Map<String, Credentials> keys,
      String region,
      Clock clock,
      Duration skew,
      boolean unsignedPayload) {
    this.keys = Map.copyOf(keys);
    this.region = requireNonNull(region, "region");
    this.clock = requireNonNull(clock, "clock");
    this.skew = requireNonNull(skew, "skew");
    this.payloads = new PayloadCheck(unsignedPayload);
  }

  /**
   * Checks a request that has its body.
   *
   * @throws RefusedException if it must not be served
   */
  public void check(HttpRequest request, byte[] body) throws RefusedException {
    check(request, payloads.hashOf(request, body));
  }

  /**
   * Checks a request whose body is yet to come, and is not signed: of {@code PutMedia}.
   *
   * @throws RefusedException if it must not be served
   */
  public void checkStreaming(HttpRequest request) throws RefusedException {
    check(request, payloads.hashOfStream(request));
  }

  private void check(HttpRequest request, String payload) throws RefusedException {
    String authorization =
        request
            .header("authorization")
            .orElseThrow(
                () ->
                    new RefusedException(
                        "MissingAuthenticationTokenException", "Missing Authentication Token"));
    Matcher parts = AUTHORIZATION.matcher(authorization);
    if (!parts.matches()) {
      throw new RefusedException(
          "IncompleteSignatureException",
          "Authorization must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature");
    }
    List<String> signed = Arrays.asList(parts.group(3).split(";"));
    String date = request.header("x-amz-date").orElse("");
    Credentials credentials = credentials(parts.group(1), request);
    String scope = scope(parts.group(2), date);
    checkSigned(request, signed);
    String text =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + Canonical.hash(Canonical.request(request, signed, payload));
    byte[] expected =
        Canonical.signature(credentials.secretKey(), scope, text)
            .getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, parts.group(4).getBytes(StandardCharsets.US_ASCII))) {
      throw new RefusedException(
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided. Check"
              + " your AWS Secret Access Key and signing method.");
    }
    checkTime(date);
  }

  private Credentials credentials(String accessKey, HttpRequest request) throws RefusedException {
    Credentials found = keys.get(accessKey);
    String token = request.header("x-amz-security-token").orElse("");
    if (found == null || !found.sessionToken().orElse("").equals(token)) {
      throw new RefusedException(
          "UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    return found;
  }

  private String scope(String scope, String date) throws RefusedException {
    String expected =
        date.substring(0, Math.min(8, date.length())) + "/" + region + "/kinesisvideo/aws4_request";
    if (!scope.equals(expected)) {
      throw new RefusedException(
          "InvalidSignatureException",
          "Credential should be scoped to %s, was %s".formatted(expected, scope));
    }
    return scope;
  }

  /** What is not signed could be changed on the way: the host and the parameters must be. */
  private static void checkSigned(HttpRequest request, List<String> signed)
      throws RefusedException {
    boolean parameters =
        request.headers().stream()
            .map(header -> header.name().toLowerCase(java.util.Locale.ROOT))
            .filter(name -> name.startsWith("x-amzn-"))
            .filter(name -> !name.equals("x-amzn-trace-id"))
            .allMatch(signed::contains);
    if (!signed.contains("host") || !signed.contains("x-amz-date") || !parameters) {
      throw new RefusedException(
          "InvalidSignatureException",
          "'host', 'x-amz-date' and all 'x-amzn-' headers must be signed");
    }
  }

  private void checkTime(String date) throws RefusedException {
    Instant sent;
    try {
      sent = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new RefusedException("IncompleteSignatureException", "X-Amz-Date is not ISO basic");
    }
    Instant now = clock.instant();
    if (sent.isBefore(now.minus(skew))) {
      throw new RefusedException(
          "InvalidSignatureException",
          "Signature expired: %s is now earlier than %s"
              .formatted(date, DATE.format(now.minus(skew))));
    }
    if (sent.isAfter(now.plus(skew))) {
      throw new RefusedException(
          "InvalidSignatureException",
          "Signature not yet current: %s is still later than %s"
              .formatted(date, DATE.format(now.plus(skew))));
    }
  }
}
