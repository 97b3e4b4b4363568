package io.quorate.common.codec;

import io.quorate.common.model.Coded;
import java.util.Arrays;
import java.util.Objects;

/** The constants of an enum by their codes, of one byte each. */
public final class Codes<E extends Enum<E> & Coded> {
    private static final int CODE_MAX = 255;

    private final E[] byCode;

    /** @throws IllegalArgumentException if two constants have the same code, or a code does not fit into a byte */
    public Codes(Class<E> type) {
        this.byCode = Arrays.copyOf(type.getEnumConstants(), CODE_MAX + 1);
        Arrays.fill(byCode, null);
        for (E constant : type.getEnumConstants()) {
            int code = constant.code();
            if (code < 0 || code > CODE_MAX || byCode[code] != null) {
                throw new IllegalArgumentException(
                        constant.getDeclaringClass() + "." + constant + " has no free code from 0 to 255: " + code);
            }
            byCode[code] = constant;
        }
    }

    public void write(BytesWriter out, E constant) {
        out.writeByte(constant.code());
    }

    /** @throws MalformedException if no constant has the code that is read */
    public E read(BytesReader in) {
        int code = in.readByte();
        if (byCode[code] == null) {
            throw new MalformedException("code " + code + " before " + in.position() + " is none of "
                    + Arrays.stream(byCode).filter(Objects::nonNull).toList());
        }
        return byCode[code];
    }
}
