package io.quorate.common.wire;

/** Decides, by its header, whether a large frame is read into memory. Each connection has one, on its own thread. */
public interface FrameAdmission {
    /** Admits every frame. */
    FrameAdmission ANY = new FrameAdmission() {
        @Override
        public AdmissionVerdict admit(int frameBytes) {
            return AdmissionVerdict.ADMITTED;
        }

        @Override
        public void refused(long correlation, int frameBytes) {}

        @Override
        public void left(int frameBytes) {}
    };

    /** What becomes of a frame. */
    enum AdmissionVerdict {
        /** It is read, and {@link #left} follows. */
        ADMITTED,
        /** Nothing more is read for now. */
        WAIT,
        /** Its bytes are dropped as they arrive, and {@link #refused} follows. */
        REFUSED
    }

    AdmissionVerdict admit(int frameBytes);

    /** A frame is dropped. Its receiver should learn of it by the correlation. */
    void refused(long correlation, int frameBytes);

    /** An admitted frame is whole, or its connection has ended. */
    void left(int frameBytes);
}
