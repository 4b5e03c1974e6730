import { createRootRoute } from '@tanstack/react-router';
import { NotFound } from '../frame/Errors';
import { Frame } from '../frame/Frame';

export const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
export const at = () => root;
