/** Movement, which says where a thing came from and is absent for those who asked for less of it. */
import { css } from 'lit';

/** `.slide-in`, `.fade-in` on appearing, `.pulse` for what waits; nothing moves under `prefers-reduced-motion`. */
export const motion = css`
  .slide-in {
    animation: slide-in var(--_speed) ease-out;
  }
  .fade-in {
    animation: fade-in var(--_speed) ease-out;
  }
  .pulse {
    animation: pulse 1.6s ease-in-out infinite;
  }
  @keyframes slide-in {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @keyframes fade-in {
    from {
      opacity: 0;
    }
  }
  @keyframes pulse {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;
