package io.quorate.coordinator.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SealedTokenTest {
    private static final String TOKEN = "qrt_of-ann";
    private static final long END_MS = 1_000;

    private static AccessRules rules(String... tokens) {
        return new AccessRules(List.of(new AccessRules.Entry(
                new Principal("ann", List.of()),
                List.of(tokens).stream().map(TokenDigest::of).toList())));
    }

    @Test
    void itOpensWithAnyCopyOfTheRulesUntilItsEnd() {
        String sealed = SealedToken.seal(TOKEN, END_MS);
        Optional<SealedToken> opened = SealedToken.open(sealed, rules("another", TOKEN), END_MS - 1);
        assertEquals(Optional.of(new SealedToken(TokenDigest.of(TOKEN), END_MS)), opened);
        assertTrue(SealedToken.open(sealed, rules(TOKEN), END_MS).isEmpty(), "it has ended");
        assertTrue(SealedToken.open(sealed, rules("another"), 0).isEmpty(), "the token was revoked");
    }

    @Test
    void nobodyMovesItsEnd() {
        byte[] bytes = Base64.getUrlDecoder().decode(SealedToken.seal(TOKEN, END_MS));
        bytes[9]++; // the first byte of the end
        String later = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertTrue(SealedToken.open(later, rules(TOKEN), 0).isEmpty());
    }

    @Test
    void itHidesTheToken() {
        byte[] bytes = Base64.getUrlDecoder().decode(SealedToken.seal(TOKEN, END_MS));
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains(TOKEN));
    }

    /** A copy of the rules has digests alone. */
    @Test
    void theDigestOfATokenSealsNothing() {
        TokenDigest digest = TokenDigest.of(TOKEN);
        for (String guess : List.of("", "qrt_", digest.toString())) {
            assertTrue(SealedToken.open(SealedToken.seal(guess, digest, END_MS), rules(TOKEN), 0)
                    .isEmpty());
        }
    }

    @Test
    void whatIsNoneIsRefused() {
        for (String text : List.of("", "A", "%", "ä", TOKEN, "A".repeat(3_000))) {
            assertTrue(SealedToken.open(text, rules(TOKEN), 0).isEmpty(), text);
        }
    }
}
